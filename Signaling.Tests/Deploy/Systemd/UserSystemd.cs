using System.Diagnostics;
using System.Globalization;
using Signaling.Tests.Gateway;
using Signaling.Tests.House;

namespace Signaling.Tests.Deploy.Systemd;

/// <summary>
/// A real systemd, as the systemd of a user's services, with a <c>/run</c> of its own: where the machine was started by it and where it
/// was not alike. It has the unit of <c>deploy/systemd</c>, without what only the systemd of the whole machine can do.
/// </summary>
internal sealed class UserSystemd : IAsyncDisposable
{
    private const string Runtime = "/run/signaling-test";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    // Users, and what takes a name space of its own: shown by systemd-analyze instead.
    private static readonly string[] OfTheMachine =
    [
        "User=", "Group=", "ProtectSystem=", "ProtectHome=", "PrivateTmp=", "PrivateDevices=", "ProtectProc=", "ProtectClock=", "ProtectHostname=",
        "ProtectKernelLogs=", "ProtectKernelModules=", "ProtectKernelTunables=", "ProtectControlGroups=", "LimitNOFILE=", "WantedBy=", "EnvironmentFile=",
        "Wants=", "After=",
    ];

    private readonly TemporaryFolder _folder = new();
    private readonly Process _process;

    private UserSystemd(string config, string arguments, string watchdog)
    {
        _folder.Write("config.json", config);
        Directory.CreateDirectory(Path.Combine(_folder.Path, "systemd/user"));
        _folder.Write("systemd/user/signaling.service", UnitOf(arguments, watchdog));
        _process = Process.Start(new ProcessStartInfo("unshare",
        [
            "--mount", "sh", "-c",
            $"mount -t tmpfs tmpfs /run && mkdir -p /run/systemd/system {Runtime} && exec env XDG_RUNTIME_DIR={Runtime} XDG_CONFIG_HOME={_folder.Path} /lib/systemd/systemd --user",
        ])
        { UseShellExecute = false, RedirectStandardError = true, RedirectStandardOutput = true })!;
        _process.OutputDataReceived += (_, _) => { };
        _process.ErrorDataReceived += (_, _) => { };
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    /// <summary>The unit.</summary>
    public static string Unit { get; } = File.ReadAllText(Path.Combine(SourceFile.Root, "deploy/systemd/signaling.service"));

    /// <summary>The main process of the service.</summary>
    public int MainPid => int.Parse(Show("MainPID"), CultureInfo.InvariantCulture);

    /// <summary>How often systemd has started the service anew by itself.</summary>
    public int Restarts => int.Parse(Show("NRestarts"), CultureInfo.InvariantCulture);

    /// <summary>Starts it.</summary>
    /// <param name="config">The service's <c>config.json</c>.</param>
    /// <param name="arguments">More arguments of the service.</param>
    /// <param name="watchdog">How long a hung service is left alone.</param>
    public static async Task<UserSystemd> StartAsync(string config, string arguments = "", string watchdog = "30")
    {
        var systemd = new UserSystemd(config, arguments, watchdog);
        await Peers.Eventually.BecomesAsync(() => systemd.Run("is-system-running").ExitCode is 0 or 1 && systemd.Run("show-environment").ExitCode == 0, isUp => isUp, Patience);
        return systemd;
    }

    /// <summary>Says something to it about the service.</summary>
    public (int ExitCode, string Output) Run(string command) => Control(command);

    /// <summary>Says something to it about the service, such as <c>start</c>.</summary>
    public (int ExitCode, string Output) Do(string command) => Control(command, "signaling.service");

    /// <summary>A property of the service.</summary>
    public string Show(string property) => Control("show", "signaling.service", "--value", "-p", property).Output.Trim();

    public async ValueTask DisposeAsync()
    {
        Do("stop");
        _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
        _folder.Dispose();
    }

    private string UnitOf(string arguments, string watchdog) => string.Join('\n', Unit.Split('\n')
        .Where(line => !OfTheMachine.Any(start => line.StartsWith(start, StringComparison.Ordinal)))
        .Select(line => line switch
        {
            _ when line.StartsWith("ExecStart=", StringComparison.Ordinal) =>
                $"ExecStart={Environment.ProcessPath} {GatewayProcess.CurrentProgram} --config {_folder.Path}/config.json {arguments}",
            _ when line.StartsWith("WorkingDirectory=", StringComparison.Ordinal) => $"WorkingDirectory={_folder.Path}",
            _ when line.StartsWith("WatchdogSec=", StringComparison.Ordinal) => $"WatchdogSec={watchdog}",
            _ when line.Contains("INTERNAL__PORT", StringComparison.Ordinal) => "",
            _ => line,
        }));

    private (int ExitCode, string Output) Control(params string[] command)
    {
        using var control = Process.Start(new ProcessStartInfo("nsenter",
            ["--target", $"{_process.Id}", "--mount", "env", $"XDG_RUNTIME_DIR={Runtime}", "systemctl", "--user", .. command])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        control.ErrorDataReceived += (_, _) => { };
        control.BeginErrorReadLine();
        var output = control.StandardOutput.ReadToEnd();
        control.WaitForExit(Patience);
        return (control.ExitCode, output);
    }
}

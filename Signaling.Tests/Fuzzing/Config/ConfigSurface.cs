using System.Text;
using Signaling.Gateway.Configuration;
using Signaling.Tests.Simulation;

namespace Signaling.Tests.Fuzzing.Config;

/// <summary>A configuration's text, variables and options. Whatever they are, they are read, or refused with a sentence.</summary>
internal sealed class ConfigSurface : Surface
{
    public const string Called = "config";

    private const int Variable = 1;
    private const int Port = 2;
    private const int Option = 3;
    private const string Origin = "config.json";

    private static readonly string[] Options = ["node:profile", "node:host", "node:port", "node:seeds"];

    public override string Name => Called;

    public override ValueTask TakeAsync(FuzzInput input)
    {
        var warnings = new List<string>();
        try
        {
            Read(input, warnings);
        }
        catch (StartupException refused)
        {
            FuzzException.Unless(
                refused.Message.Length > 20 && (refused.Message.EndsWith('.') || refused.Message.Contains("not JSON", StringComparison.Ordinal)),
                $"This is no sentence: {refused.Message}");
        }

        FuzzException.Unless(warnings.TrueForAll(warning => warning.EndsWith('.')), "A warning is no sentence.");
        return ValueTask.CompletedTask;
    }

    protected override FuzzInput Mutation(Chance chance) =>
        new(new FuzzStep(0, Mutator.Change(chance, Bytes(chance.Of<string>(ConfigSamples.Files)), Bytes(chance.Of<string>(ConfigSamples.Files)))));

    protected override FuzzInput Acts(Chance chance)
    {
        var steps = new List<FuzzStep>();
        if (chance.Percent(80))
            steps.Add(new FuzzStep(0, Bytes(File(chance))));
        for (var more = chance.Below(5); more > 0; more--)
        {
            steps.Add(chance.Below(4) switch
            {
                0 => new FuzzStep(Port, Bytes(Value(chance))),
                1 => new FuzzStep(Option, Bytes($"{chance.Of<string>(Options)}={Value(chance)}")),
                _ => new FuzzStep(Variable, Changed(chance, $"SIGNALING__{Path(chance)}={Value(chance)}")),
            });
        }

        return new FuzzInput([.. steps]);
    }

    // Most are right but for what is said of the service itself.
    private static string File(Chance chance) => chance.Below(4) switch
    {
        0 => Json(chance, depth: 0),
        1 => $"{{\"httpConfig\":{Json(chance, depth: 1)},\"httpsConfig\":{Json(chance, depth: 3)},\"maxPayload\":{Json(chance, depth: 5)},\"log_verbose\":{Json(chance, depth: 3)},\"adminToken\":{Json(chance, depth: 3)},\"apps\":[{Json(chance, depth: 1)}]}}",
        _ => $"{{\"httpConfig\":{{\"port\":1}},\"apps\":[{{\"path\":\"/\"}}],\"signaling\":{Json(chance, depth: 0)}}}",
    };

    private static void Read(FuzzInput input, List<string> warnings)
    {
        var environment = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var step in input.Steps.Where(step => step.Who is Variable or Port))
        {
            var (name, value) = Pair(step);
            environment[step.Who == Port ? "PORT" : name] = step.Who == Port ? name : value;
        }

        var text = input.Steps.FirstOrDefault(step => step.Who == 0) is { } file ? Text(file) : DevMode.Config;
        var config = ConfigFile.Read(text, Origin, PortVariable.Of(environment), warnings);
        var sources = new SettingSources().AddFile(config.Signaling).AddEnvironment(environment);
        foreach (var step in input.Steps.Where(step => step.Who == Option))
        {
            var (path, value) = Pair(step);
            sources.AddOption(Array.Find(Options, known => known.Equals(path, StringComparison.Ordinal)) ?? Options[0], "--option", value);
        }

        var settings = SettingBinder.Bind(sources);
        FuzzException.Unless(
            settings.Node.Port is >= 0 and <= 65535 && settings.Sockets.SendQueueBytes >= 64 * 1024 && settings.Sockets.PongTimeout >= TimeSpan.FromSeconds(25)
            && settings.Node.Profile is "dev" or "static" or "kubernetes",
            "A setting is out of its range.");
        FuzzException.Unless(config.MaxPayload is null or >= 0 && config.Http?.Port is null or (>= 0 and <= 65535), "A number is out of its range.");
        FuzzException.Unless(config.Apps.All(app => app.Path.StartsWith('/')), "An app has no path.");
        _ = settings.Node.TlsNames;
    }

    private static (string Name, string Value) Pair(FuzzStep step)
    {
        var text = Text(step);
        var end = text.IndexOf('=', StringComparison.Ordinal);
        return end < 0 ? (text, "") : (text[..end], text[(end + 1)..]);
    }

    private static byte[] Changed(Chance chance, string text) =>
        chance.Percent(50) ? Bytes(text) : Mutator.Change(chance, Bytes(text), Bytes(Value(chance)));

    private static string Path(Chance chance) => chance.Of<string>(ConfigSamples.Keys).Replace(".", chance.Percent(95) ? "__" : "_", StringComparison.Ordinal);

    private static string Value(Chance chance) => chance.Of<string>(ConfigSamples.Values);

    private static string Json(Chance chance, int depth)
    {
        if (depth > 0 && chance.Percent(depth > 4 ? 100 : 40))
            return chance.Percent(30) ? Value(chance) : $"\"{chance.Of<string>(ConfigSamples.Values)}\"";
        if (depth > 0 && chance.Percent(20))
            return $"[{string.Join(',', Enumerable.Range(0, chance.Below(4)).Select(_ => Json(chance, depth + 1)))}]";
        return $"{{{string.Join(',', Enumerable.Range(0, chance.Below(6)).Select(_ => $"\"{chance.Of<string>(ConfigSamples.Keys).Split('.')[^1]}\":{Json(chance, depth + 1)}"))}}}";
    }

    private static string Text(FuzzStep step) => Encoding.UTF8.GetString(step.Bytes);

    private static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);
}

using System.Globalization;

namespace Signaling.Load.Targets;

/// <summary>How many sockets this machine lets one process have.</summary>
internal static class SocketLimits
{
    private const int Others = 200; // files that are no peer's
    private const string OpenFiles = "Max open files";

    /// <summary>Sees that a load fits.</summary>
    /// <param name="sockets">How many it opens.</param>
    /// <param name="urls">How many places they go to.</param>
    /// <returns>What may stand in the way, in words; null: nothing that can be seen from here.</returns>
    /// <exception cref="MisuseException">It can't fit.</exception>
    public static string? Check(int sockets, int urls)
    {
        if (!OperatingSystem.IsLinux())
            return null;

        var files = MostOpenFiles();
        if (sockets + Others > files)
        {
            throw new MisuseException(string.Create(
                CultureInfo.InvariantCulture,
                $"This load takes {sockets} sockets, and this process may have {files} open files, {Others} of them for other things. Raise that by `ulimit -n {sockets + Others}` (as root also `ulimit -Hn`), or run several loads."));
        }

        var ports = Ports();
        return sockets > (long)ports * urls
            ? string.Create(
                CultureInfo.InvariantCulture,
                $"hint: {sockets} sockets go to {urls} URL(s), and this machine has {ports} ports for one address. Where each URL is one address, give more, or widen net.ipv4.ip_local_port_range.")
            : null;
    }

    private static long MostOpenFiles()
    {
        var line = File.ReadLines("/proc/self/limits").FirstOrDefault(line => line.StartsWith(OpenFiles, StringComparison.Ordinal)) ?? "";
        var soft = line[Math.Min(OpenFiles.Length, line.Length)..].Split(' ', StringSplitOptions.RemoveEmptyEntries).FirstOrDefault();
        return long.TryParse(soft, NumberStyles.None, CultureInfo.InvariantCulture, out var most) ? most : long.MaxValue;
    }

    private static int Ports()
    {
        var range = File.ReadAllText("/proc/sys/net/ipv4/ip_local_port_range").Split([' ', '\t', '\n'], StringSplitOptions.RemoveEmptyEntries);
        return int.Parse(range[1], CultureInfo.InvariantCulture) - int.Parse(range[0], CultureInfo.InvariantCulture) + 1;
    }
}

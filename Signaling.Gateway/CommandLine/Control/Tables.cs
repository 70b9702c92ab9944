using System.Globalization;
using System.Text.Json;

namespace Signaling.Gateway.CommandLine.Control;

/// <summary>The answers of the admin API, for a terminal.</summary>
internal static class Tables
{
    private const string None = "-";

    public static string Nodes(JsonElement answer)
    {
        var table = new Columns("ADDRESS", "UID", "VERSION", "STATUS", "SOCKETS", "ADDRESSES", "SHARDS", "UP", "MEMORY", "READY");
        foreach (var node in answer.GetProperty("nodes").EnumerateArray())
        {
            table.Add(
                Text(node, "address"), Text(node, "uid"), Text(node, "version"), Text(node, "status"), Text(node, "sockets"), Text(node, "reservations"),
                $"{node.GetProperty("shards").GetArrayLength()}",
                TimeSpan.FromSeconds(Math.Floor(node.GetProperty("uptimeSeconds").GetDouble())).ToString("c", CultureInfo.InvariantCulture),
                $"{node.GetProperty("memoryBytes").GetInt64() >> 20} MiB",
                Text(node, "obstacle") is not None and var obstacle ? obstacle : "yes");
        }

        return table.ToString();
    }

    public static string Apps(JsonElement answer)
    {
        var table = new Columns("PATH", "ADDRESSES", "LINK ENDS", "MESSAGES", "BYTES");
        foreach (var app in answer.GetProperty("apps").EnumerateArray())
            table.Add(Text(app, "path"), Text(app, "addresses"), Text(app, "linkEnds"), Text(app, "messages"), Text(app, "bytes"));
        return table.ToString();
    }

    public static string Addresses(JsonElement answer)
    {
        var table = new Columns("KEY", "SHARED", "HOLDERS");
        foreach (var address in answer.GetProperty("addresses").EnumerateArray())
            table.Add(Text(address, "key"), address.GetProperty("shared").GetBoolean() ? "yes" : "no", string.Join(' ', address.GetProperty("holders").EnumerateArray()));
        return table + (Text(answer, "next") is not None and var next ? $"more: --after {next}\n" : "");
    }

    public static string Address(JsonElement answer)
    {
        var table = new Columns("HOLDER", "NODE", "LINK TO", "SENT", "RECEIVED", "WAY");
        foreach (var holder in answer.GetProperty("holders").EnumerateArray())
        {
            if (holder.GetProperty("links").GetArrayLength() == 0)
                table.Add(Text(holder, "peer"), Text(holder, "node"), None, None, None, None);
            foreach (var link in holder.GetProperty("links").EnumerateArray())
            {
                table.Add(
                    Text(holder, "peer"), Text(holder, "node"), Text(link, "other"), Amount(link.GetProperty("sent")), Amount(link.GetProperty("received")),
                    link.GetProperty("isStraight").GetBoolean() ? "straight" : "by the address");
            }
        }

        return $"key {Text(answer, "key")}\n{table}";
    }

    public static string Trace(JsonElement answer)
    {
        var table = new Columns("TIME", "NODE", "WHAT");
        foreach (var step in answer.GetProperty("steps").EnumerateArray())
            table.Add(step.GetProperty("at").GetDateTimeOffset().ToString("HH:mm:ss.fff", CultureInfo.InvariantCulture), Text(step, "node"), Text(step, "what"));
        return $"{(Text(answer, "verdict") is not None and var verdict ? verdict : "Nothing has gone wrong, as far as is known.")}\n\n{table}";
    }

    private static string Amount(JsonElement count) => $"{Text(count, "messages")} ({Text(count, "bytes")} bytes)";

    private static string Text(JsonElement element, string name) => element.TryGetProperty(name, out var value) ? value.ToString() : None;
}

using System.Globalization;
using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Logging.Console;

namespace Signaling.Gateway.Logging;

/// <summary>
/// Lines in the manner of the original server: <c>(2017-12-13T05:07:14.468Z)[127.0.0.1:61215] connected on ...</c>
/// </summary>
internal sealed class LineFormatter(TimeProvider time) : ConsoleFormatter(FormatterName)
{
    public const string FormatterName = "line";

    private const string Indent = "    ";

    public override void Write<TState>(
        in LogEntry<TState> logEntry, IExternalScopeProvider? scopeProvider, TextWriter textWriter)
    {
        var message = logEntry.Formatter(logEntry.State, logEntry.Exception);
        textWriter.Write(time.GetUtcNow().ToString("'('yyyy-MM-ddTHH:mm:ss.fff'Z)'", CultureInfo.InvariantCulture));
        if (Level(logEntry.LogLevel) is { } level)
            textWriter.Write($" {level}: ");
        else if (!message.StartsWith('[')) // what begins with [ begins with a peer's endpoint
            textWriter.Write(' ');
        textWriter.WriteLine(OnOneLine(message));

        if (logEntry.Exception is { } exception)
        {
            foreach (var line in exception.ToString().Split('\n'))
                textWriter.WriteLine(Indent + OnOneLine(line.TrimEnd('\r')));
        }
    }

    private static string? Level(LogLevel level) => level switch
    {
        LogLevel.Warning => "warning",
        LogLevel.Error => "error",
        LogLevel.Critical => "critical",
        _ => null,
    };

    /// <summary>Peers choose some of what is logged; they must not be able to forge lines or steer the terminal.</summary>
    private static string OnOneLine(string text)
    {
        if (!text.Any(IsUnprintable))
            return text;

        var line = new StringBuilder();
        foreach (var unit in text)
            _ = IsUnprintable(unit) ? line.Append(CultureInfo.InvariantCulture, $"\\u{(int)unit:X4}") : line.Append(unit);
        return line.ToString();
    }

    private static bool IsUnprintable(char unit) => char.GetUnicodeCategory(unit)
        is UnicodeCategory.Control or UnicodeCategory.Format
        or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator;
}

using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging.Console;

namespace Signaling.Gateway.Logging;

/// <summary>Sets up what is logged, and how it looks.</summary>
internal static class LogFormats
{
    /// <param name="logging">What to set up.</param>
    /// <param name="format"><c>text</c> or <c>json</c>.</param>
    public static void AddSignalingConsole(this ILoggingBuilder logging, string format)
    {
        logging.SetMinimumLevel(LogLevel.Information);
        logging.AddFilter("Microsoft", LogLevel.Warning);
        logging.AddFilter("System", LogLevel.Warning);
        logging.AddFilter("Akka", LogLevel.Warning);
        // Below critical, the host only repeats, with a stack trace, the failures that end the program with a sentence.
        logging.AddFilter("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.Critical);

        if (string.Equals(format, "json", StringComparison.Ordinal))
        {
            logging.AddJsonConsole(options =>
            {
                options.TimestampFormat = "yyyy-MM-ddTHH:mm:ss.fffZ";
                options.UseUtcTimestamp = true;
            });
        }
        else
        {
            logging.Services.TryAddSingleton(TimeProvider.System);
            logging.AddConsole(options => options.FormatterName = LineFormatter.FormatterName);
            logging.AddConsoleFormatter<LineFormatter, ConsoleFormatterOptions>();
        }
    }
}

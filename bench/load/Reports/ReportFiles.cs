using System.Text.Json;

namespace Signaling.Load.Reports;

/// <summary>The files that a report goes into.</summary>
/// <param name="html">The page; null: none.</param>
/// <param name="json">The figures; null: none.</param>
internal sealed class ReportFiles(string? html, string? json)
{
    private static readonly JsonSerializerOptions Json = new() { PropertyNamingPolicy = JsonNamingPolicy.CamelCase, WriteIndented = true };

    /// <summary>Sees that they can be written, before a load is put on whose figures would then be lost.</summary>
    /// <exception cref="MisuseException">One can't.</exception>
    public void Check()
    {
        foreach (var (option, file) in (ReadOnlySpan<(string, string?)>)[("--html", html), ("--json", json)])
        {
            if (file is null)
                continue;

            try
            {
                File.WriteAllText(file, "");
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                throw new MisuseException($"{option} is '{file}', which can't be written: {e.Message.TrimEnd('.')}; name a file in a folder that is there.");
            }
        }
    }

    public async Task WriteAsync(Report report)
    {
        if (html is not null)
            await File.WriteAllTextAsync(html, HtmlReport.Of(report));
        if (json is not null)
            await File.WriteAllTextAsync(json, JsonSerializer.Serialize(report, Json));
    }
}

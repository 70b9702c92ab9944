using System.Globalization;
using System.Text.RegularExpressions;

namespace Signaling.Tests.Compatibility;

/// <summary>The words, strings, byte lists and signs of one line of a trace.</summary>
internal sealed partial class Tokens(string line)
{
    private readonly Queue<string> _rest = new(Token().Matches(line).Select(token => token.Value));

    /// <summary>The token that comes next, if any does.</summary>
    public string? Peek => _rest.TryPeek(out var token) ? token : null;

    /// <summary>Takes the next token.</summary>
    /// <param name="wanted">What is missing if there is none.</param>
    public string Next(string wanted) =>
        _rest.TryDequeue(out var token) ? token : throw new FormatException($"The line ends where {wanted} should stand.");

    /// <summary>Takes the next token if it is this one.</summary>
    public bool Skip(string token)
    {
        if (!string.Equals(Peek, token, StringComparison.Ordinal))
            return false;
        _rest.Dequeue();
        return true;
    }

    /// <summary>Takes this token.</summary>
    public void Expect(string token)
    {
        if (!Skip(token))
            throw new FormatException($"'{Peek ?? "the end of the line"}' stands where '{token}' should.");
    }

    /// <summary>Takes a number.</summary>
    public int Number(int least, int most) => Number(Next("a number"), least, most);

    /// <summary>Reads a token as a number.</summary>
    public static int Number(string token, int least, int most) =>
        int.TryParse(token, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most
            ? number
            : throw new FormatException($"'{token}' stands where a number from {least} to {most} should.");

    /// <summary>Makes sure that nothing is left.</summary>
    public void ExpectEnd()
    {
        if (Peek is { } token)
            throw new FormatException($"'{token}' is one too many.");
    }

    [GeneratedRegex("""
        "(?:\\.|[^"\\])*"|\[[^\]]*\]|[{}();,+]|[^\s{}();,+"\[]+|\S
        """)]
    private static partial Regex Token();
}

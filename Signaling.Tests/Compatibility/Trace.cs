using System.Text.RegularExpressions;

namespace Signaling.Tests.Compatibility;

/// <summary>A script of what some peers do, with what each of them gets for it. See the README beside the traces.</summary>
internal sealed partial record Trace(IReadOnlyList<Paragraph> Paragraphs)
{
    /// <summary>Reads a trace.</summary>
    /// <param name="text">The content of its file.</param>
    /// <param name="notation">The notation of this run.</param>
    /// <exception cref="FormatException">A line can't be read; the message names it.</exception>
    public static Trace Parse(string text, Notation notation)
    {
        var paragraphs = new List<Paragraph>();
        var current = new Paragraph();
        var number = 0;
        foreach (var line in text.TrimEnd().Split('\n').Append(""))
        {
            number++;
            if (line.Length == 0 && current.Script.Count > 0)
            {
                paragraphs.Add(current);
                current = new Paragraph();
            }

            try
            {
                if (line.Length > 0)
                    current.Add(line, number, notation);
            }
            catch (FormatException e)
            {
                throw new FormatException($"Line {number}, '{line}': {e.Message}", e);
            }
        }

        return new Trace(paragraphs);
    }

    /// <summary>A peer, what it does (<c>:</c>), sends or gets, and the details.</summary>
    [GeneratedRegex("^(?<peer>[a-z][a-z0-9]*) ?(?<does>[:<>]) (?<what>.+)$")]
    internal static partial Regex Line();
}

/// <summary>Steps that are taken without waiting in between, and all that they bring about.</summary>
internal sealed class Paragraph
{
    /// <summary>The lines before the answers as they were written: comments and steps.</summary>
    public List<string> Script { get; } = [];

    /// <summary>What the peers do, in this order.</summary>
    public List<Step> Steps { get; } = [];

    /// <summary>What the peers get; only the order of those of one peer means something.</summary>
    public List<Answer> Answers { get; } = [];

    /// <summary>Takes the next line in.</summary>
    public void Add(string line, int number, Notation notation)
    {
        var parts = Trace.Line().Match(line);
        var (peer, what) = (parts.Groups["peer"].Value, parts.Groups["what"].Value);
        if (parts.Groups["does"].Value is "<")
        {
            Answers.Add(new Answer(number, peer, notation.ReadAnswer(what)));
            return;
        }

        if (Answers.Count > 0)
            throw new FormatException("Answers end a paragraph: leave a line empty before the next step or comment.");
        Script.Add(line);
        if (line[0] == '#')
            return;

        Steps.Add(parts.Groups["does"].Value switch
        {
            ">" => new Send(number, peer, notation.ReadOutgoing(what)),
            ":" => Step.Parse(number, peer, what.Split(' ')),
            _ => throw new FormatException("A line is '# comment', 'peer: open /path', 'peer > message' or 'peer < message'."),
        });
    }
}

/// <summary>Something that a peer does.</summary>
internal abstract record Step(int Line, string Peer)
{
    /// <summary>Reads what a peer does to its socket.</summary>
    public static Step Parse(int line, string peer, string[] words) => words switch
    {
        ["open", var target] => new Open(line, peer, target, []),
        ["open", var target, "offering", _, ..] => new Open(line, peer, target, words[3..]),
        ["cut"] => new Drop(line, peer, Reset: false),
        ["reset"] => new Drop(line, peer, Reset: true),
        _ => throw new FormatException("A peer can 'open /path', 'open /path offering protocol …', 'cut' or 'reset'."),
    };
}

/// <summary>Opens a WebSocket, with this request target exactly.</summary>
internal sealed record Open(int Line, string Peer, string Target, IReadOnlyList<string> Protocols) : Step(Line, Peer);

/// <summary>Sends messages in one write to the socket.</summary>
internal sealed record Send(int Line, string Peer, IReadOnlyList<Outgoing> Messages) : Step(Line, Peer);

/// <summary>Ends the TCP connection without a close frame, in an orderly way or by a reset.</summary>
internal sealed record Drop(int Line, string Peer, bool Reset) : Step(Line, Peer);

/// <summary>What a peer gets.</summary>
internal sealed record Answer(int Line, string Peer, Message Message);

using System.Text.RegularExpressions;
using Signaling.Tests.House;

namespace Signaling.Tests.Deploy.Image;

/// <summary>The repository's Dockerfile, read by its instructions.</summary>
/// <param name="Arguments">What comes before the first stage.</param>
/// <param name="Stages">The stages in their order; the last makes the image.</param>
internal sealed partial record Dockerfile(IReadOnlyList<Dockerfile.Instruction> Arguments, IReadOnlyList<IReadOnlyList<Dockerfile.Instruction>> Stages)
{
    public const string Path = "deploy/docker/Dockerfile";

    /// <summary>All instructions of all stages.</summary>
    public IEnumerable<Instruction> All => [.. Arguments, .. Stages.SelectMany(stage => stage)];

    public IReadOnlyList<Instruction> Final => Stages[^1];

    public static Dockerfile Read()
    {
        var lines = SourceFile.Read(Path).Split('\n').Where(line => line.Length > 0 && !line.StartsWith('#'));
        List<Instruction> arguments = [];
        List<List<Instruction>> stages = [];
        foreach (var line in Continuation().Replace(string.Join('\n', lines), " ").Split('\n'))
        {
            var (name, rest) = line.Split(' ', 2) is [var first, var second] ? (first, second.Trim()) : throw new FormatException($"No instruction: {line}");
            if (name is "FROM")
                stages.Add([]);
            (stages.Count == 0 ? arguments : stages[^1]).Add(new Instruction(name, rest));
        }

        return new Dockerfile(arguments, [.. stages]);
    }

    [GeneratedRegex(@"\s*\\\n\s*", RegexOptions.None, 1000)]
    private static partial Regex Continuation();

    internal sealed record Instruction(string Name, string Text);
}

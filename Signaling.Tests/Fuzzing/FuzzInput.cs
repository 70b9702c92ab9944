using System.Text;

namespace Signaling.Tests.Fuzzing;

/// <summary>What one of several does to a surface.</summary>
/// <param name="Who">Who, or which kind of act, as the surface numbers them.</param>
/// <param name="Bytes">What it says.</param>
internal sealed record FuzzStep(int Who, byte[] Bytes)
{
    public override string ToString() => $"{Who}: {Convert.ToHexString(Bytes)} {Shown(Bytes)}";

    private static string Shown(byte[] bytes) => string.Concat(Encoding.Latin1.GetString(bytes).Select(unit => char.IsBetween(unit, ' ', '~') ? unit : '.'));
}

/// <summary>Everything that is done to a surface in one go.</summary>
/// <param name="Steps">In their order.</param>
internal sealed record FuzzInput(params FuzzStep[] Steps)
{
    public override string ToString() => string.Join('\n', Steps.Select(step => step.ToString()));
}

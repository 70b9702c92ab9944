namespace Signaling.Tests.Fuzzing;

/// <summary>Something was not as it must be, whatever the input.</summary>
/// <param name="what">What.</param>
internal sealed class FuzzException(string what) : Exception(what)
{
    /// <summary>Throws where something is not so.</summary>
    public static void Unless(bool isSo, string what)
    {
        if (!isSo)
            throw new FuzzException(what);
    }
}

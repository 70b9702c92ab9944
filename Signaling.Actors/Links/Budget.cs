namespace Signaling.Actors.Links;

/// <summary>A limit in bytes that the links of one connection share. A single frame always fits, however large.</summary>
public sealed class Budget
{
    /// <summary>The limit, in bytes.</summary>
    public const int Limit = 1024 * 1024;

    /// <summary>How much of it is used, in bytes.</summary>
    public long Used { get; private set; }

    /// <summary>Whether so many bytes fit.</summary>
    public bool Fits(int bytes) => Used == 0 || Used + bytes <= Limit;

    /// <summary>Uses some of it.</summary>
    public void Take(int bytes) => Used += bytes;

    /// <summary>Gives some of it back.</summary>
    public void Return(long bytes) => Used -= bytes;
}

using System.ComponentModel.DataAnnotations;

namespace Signaling.Gateway.Configuration;

/// <summary>What is kept of peers that were there, for who runs the service.</summary>
public sealed class SessionOptions
{
    /// <summary>Most entries that are kept at once; 0 keeps nothing. Each takes some 150 bytes.</summary>
    [Range(0, 1_000_000)]
    public int Keep { get; set; } = 10_000;
}

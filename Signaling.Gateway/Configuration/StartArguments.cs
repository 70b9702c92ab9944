namespace Signaling.Gateway.Configuration;

/// <summary>What the command line said; null: nothing.</summary>
internal sealed record StartArguments
{
    public string? ConfigFile { get; init; }

    public string? Profile { get; init; }

    public string? ClusterHost { get; init; }

    public string? ClusterPort { get; init; }

    public string? ClusterSeeds { get; init; }
}

using System.Runtime.InteropServices;

namespace Signaling.Actors.Nodes;

/// <summary>A member of the cluster, as this node sees it.</summary>
/// <param name="Uid">Its uid.</param>
/// <param name="Endpoint">Its host and port: a process that is started again there is another node.</param>
/// <param name="Stage">How far it has come.</param>
/// <param name="IsReachable">Whether no failure detector reports it.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct NodeMember(int Uid, string Endpoint, MemberStage Stage, bool IsReachable)
{
    /// <summary>Whether it counts where a majority is asked for.</summary>
    public bool IsVoter => Stage is MemberStage.Up or MemberStage.Leaving;
}

/// <summary>How far a member has come on its way through the cluster.</summary>
public enum MemberStage
{
    /// <summary>It may become <see cref="Up"/>, and on the other side of a partition may be so already.</summary>
    Joining,

    /// <summary>It serves.</summary>
    Up,

    /// <summary>It still serves; on the other side of a partition it may be <see cref="Exiting"/> already.</summary>
    Leaving,

    /// <summary>It serves no more: it goes, or was downed, and will be removed.</summary>
    Exiting,
}

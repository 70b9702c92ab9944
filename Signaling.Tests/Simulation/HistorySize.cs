using System.Runtime.InteropServices;

namespace Signaling.Tests.Simulation;

/// <summary>How much a history was.</summary>
/// <param name="Nodes">How many nodes it began with.</param>
/// <param name="Peers">How many peers came.</param>
/// <param name="Steps">How much they did.</param>
/// <param name="Faults">How much went wrong.</param>
/// <param name="EndsWell">Whether the cluster was well in the end, so that what is left could be looked at.</param>
/// <param name="Events">How many messages, timers and writes there were.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct HistorySize(int Nodes, int Peers, int Steps, int Faults, bool EndsWell, long Events);

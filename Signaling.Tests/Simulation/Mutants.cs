namespace Signaling.Tests.Simulation;

/// <summary>The faults that the simulation has to find.</summary>
internal static class Mutants
{
    public static IReadOnlyList<Mutant> All { get; } =
    [
        new("Acknowledge 'written' before the write", "I5", new MutantPatch(
            "Connections/LinkReceiver.cs",
            "link.In.Received, link.In.Written, link.In.IsFull",
            "link.In.Received, link.In.Received, link.In.IsFull")),
        new("Take a frame out of order", "I2", new MutantPatch(
            "Links/ReceiveWindow.cs",
            "if (part.Number != Received + 1)",
            "if (part.Number <= Received)")),
        new("Leave the end of a link without a number", "I2", new MutantPatch(
            "Links/ReceiveWindow.cs",
            "if (end.Number != Received + 1)",
            "if (end.Number <= Received)")),
        new("Let an address say 'gone'", "I", new MutantPatch(
            "Nodes/Gone.cs",
            "part.To == gone ? new LinkGone(part.Link, part.To, part.From) : new RelayStopped(part.Link)",
            "new LinkGone(part.Link, part.To, part.From)")),
        new("Release by address instead of by reservation", "I", new MutantPatch(
            "Addresses/AddressState.cs",
            "_contenders.Remove(name);\n        _reservations.Remove(name);",
            "_contenders.Remove(name);\n        _reservations.Remove(_reservations.IsEmpty ? name : _reservations.First.Name);")),
        new("Grant what is taken over before it is given back", "I1", new MutantPatch(
            "Addresses/AddressState.cs",
            "makesWay));\n    }",
            "makesWay));\n        if (makesWay && _contenders.Remove(contender.Name) && _reservations.Remove(held.Name))\n            Grant(contender.Request, now);\n    }")),
        new("Take over from any owner", "I1", new MutantPatch(
            "Addresses/Contender.cs",
            "Request.Owner != default && Request.Owner == holder.Owner",
            "Request.Owner != default")),
        new("Take nobody in particular for one and the same", "I1", new MutantPatch(
            "Addresses/Contender.cs",
            "Request.Owner != default && Request.Owner == holder.Owner",
            "Request.Owner == holder.Owner")),
        new("Forget the owner in a roll call", "I4", new MutantPatch(
            "Addresses/Reservations.cs",
            "_standing.TryAdd(standing.Name.Connection, standing))",
            "_standing.TryAdd(standing.Name.Connection, standing with { Owner = default }))")),
        new("Make way and give nothing back", "I", new MutantPatch(
            "Connections/PeerRequests.cs",
            "if (_reservation?.Name == revoked.Reservation)\n            Release(StepReason.TakenOver);",
            "if (_reservation?.Name == revoked.Reservation)\n        {\n            _reservation = null;\n            writer.Write(Frame.Of(EventType.ServerClosed, FrameHeader.NoId));\n        }")),
        new("Ignore a stale grant instead of giving it back", "I4", new MutantPatch(
            "Connections/PeerRequests.cs",
            "effects.GiveBack(key, name); // nobody waits for it any more",
            "_ = key;")),
        new("Call a roll without unreachable members", "I1", new MutantPatch(
            "Nodes/LostNodes.cs",
            ".Where(node => !_saidFarewell.Contains(node));",
            ".Where(node => !_saidFarewell.Contains(node) && (!membership.Contains(node) || membership.IsReachable(node)));")),
        new("Break a promise", "I1", new MutantPatch(
            "Nodes/Reservations.cs",
            "|| promises.Refuses(Shards.Of(key), rank.Incarnation))",
            "|| promises.Refuses(Shards.Of(key), new Incarnation(long.MaxValue, 0)))")),
        new("Count the lease from the answer instead of the sending", "I1",
            new MutantPatch("Nodes/NodeState.Letters.cs", "_leases.Receive(answer);", "_leases.Receive(answer, now);"),
            new MutantPatch("Nodes/Leases.cs", "public void Receive(LeaseAnswer answer)", "public void Receive(LeaseAnswer answer, long now)"),
            new MutantPatch("Nodes/Leases.cs", "_own.Answered(answer.From, answer.Number);", "_own.Answered(answer.From, answer.Number, now);"),
            new MutantPatch("Nodes/Lease.cs", "public void Answered(int member, long question)", "public void Answered(int member, long question, long now)"),
            new MutantPatch("Nodes/Lease.cs", "Answered(self, LastQuestion);", "Answered(self, LastQuestion, now);"),
            new MutantPatch("Nodes/Lease.cs", "Math.Max(_members[index].AnsweredFor, sentAt)", "Math.Max(_members[index].AnsweredFor, now)")),
        new("Free reservations when a node is removed instead of lost", "I1", new MutantPatch(
            "Nodes/LostNodes.cs",
            "var isExpired = removed.IsExpiredHere;",
            "var isExpired = true;\n        if (isExpired)\n            return true;")),
        new("Tell no 8 for a connection that went", "I4", new MutantPatch(
            "Nodes/BrokenEnds.cs",
            "private void Tell(BrokenLink link) => effects.Tell(link.Other, new LinkGone(link.Link, link.Gone, link.Other));",
            "private void Tell(BrokenLink link) => _ = (link, effects);")),
        new("Give an id out twice", "I7",
            new MutantPatch("Connections/LinkIds.cs", "if (!isInUse(unchecked((short)candidate)))", "if (isInUse is not null)"),
            new MutantPatch("Connections/LinkIds.cs", "_next = candidate == _last ? _first : candidate + 1;", "_next = candidate == _first + 1 ? _first : candidate + 1;"),
            new MutantPatch("Connections/LinkTable.cs", "(_byId ??= []).Add(link.Id, link);", "(_byId ??= [])[link.Id] = link;")),
        new("Let no link change its way", "I", new MutantPatch(
            "Connections/LinkSender.cs",
            "link.IsStraight |= silent;",
            "_ = silent;")),
        new("Wait for an answer for ever", "I6", new MutantPatch(
            "Connections/PendingRequest.cs",
            "public long Deadline { get; } = now + patience;",
            "public long Deadline { get; } = now + (100 * patience);")),
        new("Keep a budget for each link only", "I5", new MutantPatch(
            "Links/Budget.cs",
            "Used == 0 || Used + bytes <= Limit",
            "Used + bytes >= 0")),
    ];
}

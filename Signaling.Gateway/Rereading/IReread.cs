namespace Signaling.Gateway.Rereading;

/// <summary>What stands in files that are read again now and then, so that a change there takes no restart.</summary>
internal interface IReread
{
    /// <summary>Reads it again.</summary>
    /// <returns>What there is to say of it; null: nothing that was not said before.</returns>
    RereadNews? Reread();
}

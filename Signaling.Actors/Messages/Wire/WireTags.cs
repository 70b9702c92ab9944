namespace Signaling.Actors.Messages.Wire;

/// <summary>What stands before the fields of <c>signaling.proto</c> that are written and read without generated classes: number and type.</summary>
internal static class WireTags
{
    public const int Varint = 0;
    public const int Fixed64 = 1;
    public const int Length = 2;
    public const int Fixed32 = 5;

    public const int NameNode = (1 << 3) | Fixed32;
    public const int NameNumber = (2 << 3) | Varint;

    public const int LinkInitiator = (Link.InitiatorFieldNumber << 3) | Length;
    public const int LinkRequest = (Link.RequestFieldNumber << 3) | Varint;
    public const int LinkOrdinal = (Link.OrdinalFieldNumber << 3) | Varint;

    public const int BagParcel = (Bag.ParcelsFieldNumber << 3) | Length;

    public const int ParcelNode = (Parcel.NodeFieldNumber << 3) | Fixed32;
    public const int ParcelNumber = (Parcel.NumberFieldNumber << 3) | Varint;
    public const int ParcelFrame = (Parcel.FrameFieldNumber << 3) | Length;
    public const int ParcelAck = (Parcel.AckFieldNumber << 3) | Length;

    // Of frames and acknowledgements alike.
    public const int PartLink = (LinkFrame.LinkFieldNumber << 3) | Length;
    public const int PartFrom = (LinkFrame.FromFieldNumber << 3) | Length;
    public const int PartTo = (LinkFrame.ToFieldNumber << 3) | Length;

    public const int FrameNumber = (LinkFrame.NumberFieldNumber << 3) | Varint;
    public const int FrameData = (LinkFrame.DataFieldNumber << 3) | Length;
    public const int FrameMore = (LinkFrame.MoreFieldNumber << 3) | Varint;

    public const int AckReceived = (LinkAck.ReceivedFieldNumber << 3) | Varint;
    public const int AckWritten = (LinkAck.WrittenFieldNumber << 3) | Varint;
    public const int AckFull = (LinkAck.FullFieldNumber << 3) | Varint;
}

using System.Runtime.Serialization;
using Google.Protobuf;

namespace Signaling.Actors.Messages.Wire;

/// <summary>Letters for who runs the service on their way out and in.</summary>
internal static class OperatorLetterWire
{
    /// <summary>Puts a letter into a parcel.</summary>
    /// <returns>Whether it is one of these.</returns>
    public static bool TryWrite(ILetter letter, Parcel wire)
    {
        switch (letter)
        {
            case Messages.OperatorQuestion m:
                wire.OperatorQuestion = new OperatorQuestion
                {
                    From = m.From,
                    Number = m.Number,
                    Topic = m.Topic,
                    Body = ByteString.CopyFrom(m.Body.Span),
                };
                return true;
            case Messages.OperatorAnswer m:
                wire.OperatorAnswer = new OperatorAnswer
                {
                    From = m.From,
                    Number = m.Number,
                    Skip = m.Skip,
                    Total = m.Total,
                    Page = ByteString.CopyFrom(m.Page.Span),
                };
                return true;
            default:
                return false;
        }
    }

    /// <summary>The letter in a parcel; null where it is none of these.</summary>
    public static ILetter? Read(Parcel wire) => wire.LetterCase switch
    {
        Parcel.LetterOneofCase.OperatorQuestion => Read(wire.OperatorQuestion),
        Parcel.LetterOneofCase.OperatorAnswer => Read(wire.OperatorAnswer),
        _ => null,
    };

    private static Messages.OperatorQuestion Read(OperatorQuestion m) =>
        m.Body.Length <= Messages.OperatorQuestion.MaxBody && m.Topic.Length <= Messages.OperatorQuestion.MaxTopic
            ? new Messages.OperatorQuestion(m.From, m.Number, m.Topic, m.Body.ToByteArray())
            : throw new SerializationException($"A question of {m.Body.Length} bytes is longer than any that is asked.");

    private static Messages.OperatorAnswer Read(OperatorAnswer m)
    {
        WireLists.CheckPage(m.Page.Length, m.Skip, m.Total);
        return m.Total <= Messages.OperatorAnswer.MaxTotal
            ? new Messages.OperatorAnswer(m.From, m.Number, m.Skip, m.Total, m.Page.ToByteArray())
            : throw new SerializationException($"An answer of {m.Total} bytes is longer than any that is given.");
    }
}

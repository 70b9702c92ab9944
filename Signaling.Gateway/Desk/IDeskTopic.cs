namespace Signaling.Gateway.Desk;

/// <summary>Something that who runs the service may ask each node.</summary>
internal interface IDeskTopic
{
    /// <summary>Its name between nodes.</summary>
    string Name { get; }

    /// <summary>Answers for this node.</summary>
    Task<byte[]> AnswerAsync(ReadOnlyMemory<byte> question);
}

namespace Signaling.Actors.Nodes;

/// <summary>Who answers, on a node, what is asked for who runs the service.</summary>
public interface IDesk
{
    /// <summary>Answers a question. Where it throws, the node does not answer.</summary>
    /// <param name="topic">What it is about.</param>
    /// <param name="body">What is asked, as the topic has it.</param>
    /// <returns>The answer, at most <see cref="Messages.OperatorAnswer.MaxTotal"/> bytes.</returns>
    Task<byte[]> AnswerAsync(string topic, ReadOnlyMemory<byte> body);
}

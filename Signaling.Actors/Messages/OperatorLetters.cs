namespace Signaling.Actors.Messages;

/// <summary>Asks a node something for who runs the service. Answered by <see cref="OperatorAnswer"/>, or not at all.</summary>
/// <param name="From">The uid of the node that asks.</param>
/// <param name="Number">The number of the question; the answer repeats it.</param>
/// <param name="Topic">What it is about.</param>
/// <param name="Body">What is asked, as the topic has it; at most <see cref="MaxBody"/> bytes.</param>
public sealed record OperatorQuestion(int From, long Number, string Topic, Memory<byte> Body) : ILetter
{
    /// <summary>Most bytes of a question.</summary>
    public const int MaxBody = 16 * 1024;

    /// <summary>Longest name of a topic.</summary>
    public const int MaxTopic = 64;

    int ILetter.MostBytes => 256 + MaxTopic + Body.Length;

    /// <summary>Says how long the body is, never what it is.</summary>
    public override string ToString() => $"OperatorQuestion {{ from {From}, number {Number}, {Topic}, {Body.Length} bytes }}";
}

/// <summary>Answers an <see cref="OperatorQuestion"/>, in pages, since no message between nodes exceeds 32 KiB.</summary>
/// <param name="From">The uid of the node that answers.</param>
/// <param name="Number">The number of the question.</param>
/// <param name="Skip">How many bytes the pages before held.</param>
/// <param name="Total">How many there are in all pages; at most <see cref="MaxTotal"/>.</param>
/// <param name="Page">A page of the answer.</param>
public sealed record OperatorAnswer(int From, long Number, int Skip, int Total, Memory<byte> Page) : ILetter
{
    /// <summary>Most bytes of one page.</summary>
    public const int PageSize = LinkFrame.MaxData;

    /// <summary>Most bytes of an answer.</summary>
    public const int MaxTotal = 1024 * 1024;

    int ILetter.MostBytes => 256 + Page.Length;

    /// <summary>Says how long the page is, never what it is.</summary>
    public override string ToString() => $"OperatorAnswer {{ from {From}, number {Number}, {Page.Length} bytes behind {Skip} of {Total} }}";
}

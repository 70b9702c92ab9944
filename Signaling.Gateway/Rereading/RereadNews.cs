namespace Signaling.Gateway.Rereading;

/// <summary>What has come of reading something again.</summary>
/// <param name="IsTaken">Whether what was read is in use now; otherwise what was before goes on.</param>
/// <param name="Sentence">What there is to say, for the log.</param>
internal sealed record RereadNews(bool IsTaken, string Sentence);

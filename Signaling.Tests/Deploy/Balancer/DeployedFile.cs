using Signaling.Tests.House;
using Xunit;

namespace Signaling.Tests.Deploy.Balancer;

/// <summary>A file of <c>deploy/</c> as a user would have changed it: what is marked there, and nothing else.</summary>
/// <param name="path">Its path from the repository's root.</param>
internal sealed class DeployedFile(string path)
{
    /// <summary>Its text so far.</summary>
    public string Text { get; private set; } = SourceFile.Read(path);

    /// <summary>Changes something that has to be there.</summary>
    public DeployedFile Change(string from, string to)
    {
        Assert.Contains(from, Text, StringComparison.Ordinal);
        Text = Text.Replace(from, to, StringComparison.Ordinal);
        return this;
    }
}

using Xunit;

namespace Signaling.Tests.Soak;

/// <summary>
/// What takes too long for every run: <c>./test --soak</c>. One after the other, and nothing beside them; each test has a
/// cluster of its own.
/// </summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class SoakCollection
{
    public const string Name = "soak";
}

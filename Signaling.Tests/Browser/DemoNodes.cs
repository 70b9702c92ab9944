using Xunit;

namespace Signaling.Tests.Browser;

/// <summary>The nodes that the demo's tests run against. The one place that knows how they come to run.</summary>
public abstract class DemoNodes : IAsyncLifetime
{
    private const string Variable = "SIGNALING_DEMO_NODES";

    private readonly int _count;
    private IReadOnlyList<DemoNode> _nodes = [];

    private protected DemoNodes(int count) => _count = count;

    /// <summary>The node that the first of two who call each other is on.</summary>
    public DemoNode First => _nodes[0];

    /// <summary>The node that the second is on; on a single node the same.</summary>
    public DemoNode Second => _nodes[^1];

    public Task InitializeAsync()
    {
        var pages = Environment.GetEnvironmentVariable(Variable)?.Split(' ', StringSplitOptions.RemoveEmptyEntries) ?? [];
        if (pages.Length < _count)
        {
            throw new InvalidOperationException(
                $"Set {Variable} to the demo pages of {_count} running nodes, with a space between them, "
                + "such as \"http://127.0.0.1:12776/demo/ http://127.0.0.1:12778/demo/\".");
        }

        _nodes = [.. pages.Take(_count).Select(page => new DemoNode(new Uri(page)))];
        return Task.CompletedTask;
    }

    public Task DisposeAsync() => Task.CompletedTask;
}

/// <summary>Both pages are on one node.</summary>
public sealed class OneDemoNode() : DemoNodes(1);

/// <summary>The pages are on two nodes of one cluster.</summary>
public sealed class TwoDemoNodes() : DemoNodes(2);

using Xunit;

namespace Signaling.Tests.Budgets;

/// <summary>Measures one thing at a time, and nothing else beside it.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class BudgetCollection
{
    public const string Name = "budget";
}

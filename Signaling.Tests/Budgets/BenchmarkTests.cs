using System.Reflection;
using BenchmarkDotNet.Attributes;
using Signaling.Benchmarks.Rigs;
using Xunit;

namespace Signaling.Tests.Budgets;

/// <summary>That the micro-benchmarks still run: each once, with the first of its parameters.</summary>
[Collection(BudgetCollection.Name)]
public sealed class BenchmarkTests
{
    private static readonly Type[] Benchmarks = [.. typeof(EchoServer).Assembly.GetTypes().Where(type => MethodsWith<BenchmarkAttribute>(type).Any())];

    public static TheoryData<Type> All { get; } = [.. Benchmarks];

    [Theory]
    [MemberData(nameof(All))]
    public async Task A_benchmark_runs(Type type)
    {
        var benchmark = Activator.CreateInstance(type)!;
        foreach (var property in type.GetProperties())
        {
            if (property.GetCustomAttribute<ParamsAttribute>() is { } parameters)
                property.SetValue(benchmark, parameters.Values[0]);
        }

        await RunAllAsync<GlobalSetupAttribute>(benchmark);
        try
        {
            await RunAllAsync<BenchmarkAttribute>(benchmark);
        }
        finally
        {
            await RunAllAsync<GlobalCleanupAttribute>(benchmark);
        }
    }

    [Fact]
    public void Every_benchmark_tells_what_it_allocates() =>
        Assert.All(Benchmarks, type => Assert.NotNull(type.GetCustomAttribute<MemoryDiagnoserAttribute>()));

    private static async Task RunAllAsync<T>(object benchmark)
        where T : Attribute
    {
        foreach (var method in MethodsWith<T>(benchmark.GetType()))
        {
            if (method.Invoke(benchmark, []) is Task task)
                await task;
        }
    }

    private static IEnumerable<MethodInfo> MethodsWith<T>(Type type)
        where T : Attribute => type.GetMethods().Where(method => method.GetCustomAttribute<T>() is not null);
}

using System.Reflection;
using Microsoft.Extensions.Logging;
using Signaling.Gateway;
using Xunit;

namespace Signaling.Tests.House;

public sealed class LogEventTests
{
    private static readonly (string Where, LoggerMessageAttribute Event)[] Events =
    [
        .. from type in typeof(SignalingExtensions).Assembly.GetTypes()
           from method in type.GetMethods(BindingFlags.DeclaredOnly | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static | BindingFlags.Instance)
           let attribute = method.GetCustomAttribute<LoggerMessageAttribute>()
           where attribute is not null
           select ($"{type.Name}.{method.Name}", attribute),
    ];

    [Fact]
    public void Every_event_of_the_log_has_an_id_of_its_own()
    {
        Assert.NotEmpty(Events);
        Assert.All(Events.GroupBy(one => one.Event.EventId), same =>
            Assert.True(same.Count() == 1, $"Event id {same.Key} is used by {string.Join(", ", same.Select(one => one.Where))}. Give each an id of its own."));
    }

    [Fact]
    public void Every_event_of_the_log_names_its_id() =>
        Assert.All(Events, one => Assert.True(one.Event.EventId > 0, $"{one.Where} has no event id."));
}

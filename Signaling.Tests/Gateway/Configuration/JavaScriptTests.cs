using System.Text.Json;
using Signaling.Gateway.Configuration;
using Xunit;

namespace Signaling.Tests.Gateway.Configuration;

/// <summary>Each expectation is what Node answers.</summary>
public sealed class JavaScriptTests
{
    [Theory]
    [InlineData("null", false)]
    [InlineData("false", false)]
    [InlineData("0", false)]
    [InlineData("-0.0", false)]
    [InlineData("\"\"", false)]
    [InlineData("true", true)]
    [InlineData("1", true)]
    [InlineData("\"false\"", true)]
    [InlineData("\"0\"", true)]
    [InlineData("[]", true)]
    [InlineData("{}", true)]
    public void A_value_is_truthy(string json, bool expected) => Assert.Equal(expected, JavaScript.IsTruthy(Value(json)));

    [Theory]
    [InlineData("true", true)]
    [InlineData("1", true)]
    [InlineData("1.0", true)]
    [InlineData("\"1\"", true)]
    [InlineData("\" 0x1 \"", true)]
    [InlineData("2", false)]
    [InlineData("\"true\"", false)]
    [InlineData("null", false)]
    [InlineData("false", false)]
    [InlineData("{}", false)]
    public void A_value_equals_true(string json, bool expected) => Assert.Equal(expected, JavaScript.EqualsTrue(Value(json)));

    [Theory]
    [InlineData("12", 12)]
    [InlineData("1e3", 1000)]
    [InlineData("1e999", double.PositiveInfinity)]
    [InlineData("true", 1)]
    [InlineData("false", 0)]
    [InlineData("null", 0)]
    [InlineData("\"\"", 0)]
    [InlineData("\" 80\\n\"", 80)]
    [InlineData("\"-1.5e2\"", -150)]
    [InlineData("\"0x1F90\"", 8080)]
    [InlineData("\"0b11\"", 3)]
    [InlineData("\"0o17\"", 15)]
    [InlineData("\"0x\"", double.NaN)]
    [InlineData("\"-0x1\"", double.NaN)]
    [InlineData("\"0b12\"", double.NaN)]
    [InlineData("\"80a\"", double.NaN)]
    [InlineData("\"1,000\"", double.NaN)]
    [InlineData("\"1e\"", double.NaN)]
    [InlineData("{}", double.NaN)]
    public void A_value_becomes_a_number(string json, double expected) =>
        Assert.Equal(expected, JavaScript.ToNumber(Value(json)));

    [Theory]
    [InlineData("8080", 8080)]
    [InlineData(" 8080/tcp", 8080)]
    [InlineData("80.9", 80)]
    [InlineData("1e3", 1)]
    [InlineData("-5", -5)]
    [InlineData("+5", 5)]
    [InlineData("0x50", 80)]
    [InlineData("007", 7)]
    [InlineData("", double.NaN)]
    [InlineData("x80", double.NaN)]
    [InlineData("0x", double.NaN)]
    public void A_text_begins_with_a_number(string text, double expected) => Assert.Equal(expected, JavaScript.ParseInt(text));

    private static JsonElement Value(string json) => JsonDocument.Parse(json).RootElement;
}

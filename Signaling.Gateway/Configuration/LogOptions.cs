using System.ComponentModel.DataAnnotations;

namespace Signaling.Gateway.Configuration;

/// <summary>How the program logs: <c>signaling.log</c>.</summary>
public sealed class LogOptions
{
    /// <summary><c>text</c>, lines for people, or <c>json</c>, one JSON object a line.</summary>
    [AllowedValues("text", "json")]
    public string Format { get; set; } = "text";
}

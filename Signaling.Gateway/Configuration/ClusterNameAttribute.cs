using System.ComponentModel.DataAnnotations;

namespace Signaling.Gateway.Configuration;

/// <summary>A text is the name of a cluster.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class ClusterNameAttribute : ValidationAttribute
{
    private const int Longest = 40;

    public ClusterNameAttribute() => ErrorMessage = $"letters, digits and -, at most {Longest}";

    public override bool IsValid(object? value) =>
        value is string { Length: > 0 and <= Longest } text && text.All(unit => char.IsAsciiLetterOrDigit(unit) || unit == '-');
}

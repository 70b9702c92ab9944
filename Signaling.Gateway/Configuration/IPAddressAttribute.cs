using System.ComponentModel.DataAnnotations;
using System.Net;

namespace Signaling.Gateway.Configuration;

/// <summary>A text is an IP address.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class IPAddressAttribute : ValidationAttribute
{
    public IPAddressAttribute() => ErrorMessage = "an IP address, such as 10.0.0.1, or 0.0.0.0 for all of this machine";

    public override bool IsValid(object? value) => value is null || (value is string text && IPAddress.TryParse(text, out _));
}

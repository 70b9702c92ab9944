using System.Globalization;
using System.Text.Json;

namespace Signaling.Gateway.Configuration;

/// <summary>
/// How JavaScript turns one kind of value into another. The original server leaves its configuration to these rules,
/// so files stand in the field that only they make sense of.
/// </summary>
internal static class JavaScript
{
    /// <summary>Whether <c>if (value)</c> takes the branch; an absent value doesn't.</summary>
    public static bool IsTruthy(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Undefined or JsonValueKind.Null or JsonValueKind.False => false,
        JsonValueKind.Number => value.GetDouble() != 0,
        JsonValueKind.String => value.GetRawText().Length > 2,
        _ => true,
    };

    /// <summary>Whether <c>value == true</c>, which 1 and "1" are.</summary>
    public static bool EqualsTrue(JsonElement value) =>
        value.ValueKind is JsonValueKind.True or JsonValueKind.Number or JsonValueKind.String && ToNumber(value) == 1;

    /// <summary><c>Number(value)</c>; NaN for lists and objects as well.</summary>
    public static double ToNumber(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Number => value.GetDouble(),
        JsonValueKind.String => ToNumber(value.GetString()!),
        JsonValueKind.True => 1,
        JsonValueKind.False or JsonValueKind.Null => 0,
        _ => double.NaN,
    };

    /// <summary><c>parseInt(text)</c>: the number that the text begins with, NaN if it begins with none.</summary>
    public static double ParseInt(string text)
    {
        var digits = Trim(text);
        var negative = digits.StartsWith('-');
        if (negative || digits.StartsWith('+'))
            digits = digits[1..];

        var radix = 10;
        if (digits.StartsWith("0x", StringComparison.OrdinalIgnoreCase))
        {
            radix = 16;
            digits = digits[2..];
        }

        var number = double.NaN;
        foreach (var digit in digits)
        {
            if (!char.IsAsciiHexDigit(digit) || Convert.ToInt32(digit.ToString(), 16) is var unit && unit >= radix)
                break;
            number = (double.IsNaN(number) ? 0 : number * radix) + unit;
        }

        return negative ? -number : number;
    }

    private static double ToNumber(string text)
    {
        var trimmed = Trim(text);
        if (trimmed.Length == 0)
            return 0;

        if (trimmed.Length > 2 && trimmed[0] == '0' && RadixOf(trimmed[1]) is { } radix)
            return WholeNumber(trimmed.AsSpan(2), radix);

        const NumberStyles Decimal =
            NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;
        var isDigits = trimmed.All(c => char.IsAsciiDigit(c) || c is '+' or '-' or '.' or 'e' or 'E');
        return isDigits && double.TryParse(trimmed, Decimal, CultureInfo.InvariantCulture, out var number)
            ? number
            : double.NaN;
    }

    private static int? RadixOf(char letter) => char.ToLowerInvariant(letter) switch
    {
        'x' => 16,
        'o' => 8,
        'b' => 2,
        _ => null,
    };

    private static double WholeNumber(ReadOnlySpan<char> digits, int radix)
    {
        double number = 0;
        foreach (var digit in digits)
        {
            if (!char.IsAsciiHexDigit(digit) || Convert.ToInt32(digit.ToString(), 16) is var unit && unit >= radix)
                return double.NaN;
            number = number * radix + unit;
        }

        return number;
    }

    private static string Trim(string text) => text.Trim().Trim('\uFEFF').Trim();
}

using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;

namespace Signaling.Load.CommandLine;

/// <summary>An option that is a whole number within a range.</summary>
internal sealed class NumberOption : Option<int>
{
    public NumberOption(string name, string help, string description, int least, int most, int standard)
        : base(name)
    {
        Description = string.Create(CultureInfo.InvariantCulture, $"{description} Default: {standard}.");
        HelpName = help;
        DefaultValueFactory = _ => standard;
        CustomParser = result => Read(result, name, least, most);
    }

    /// <summary>Reads a whole number within a range, or says what is wrong with it.</summary>
    public static int Read(ArgumentResult result, string name, int least, int most)
    {
        if (int.TryParse(result.Tokens[0].Value, NumberStyles.None, CultureInfo.InvariantCulture, out var value) && value >= least && value <= most)
            return value;
        result.AddError(string.Create(CultureInfo.InvariantCulture, $"{name} is '{result.Tokens[0].Value}'; allowed is a whole number from {least} to {most}."));
        return 0;
    }
}

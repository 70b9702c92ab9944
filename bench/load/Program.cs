using System.Collections;
using Signaling.Load.CommandLine;

var variables = Environment.GetEnvironmentVariables().Cast<DictionaryEntry>().ToDictionary(
    variable => (string)variable.Key, variable => (string)variable.Value!, StringComparer.Ordinal);
return await new LoadCommand(variables).InvokeAsync(args, Console.Out, Console.Error);

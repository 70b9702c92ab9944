namespace Signaling.Gateway.CommandLine.Control;

/// <summary>Rows in columns that line up, for a terminal.</summary>
/// <param name="heads">The columns' names.</param>
internal sealed class Columns(params string[] heads)
{
    private const string Between = "  ";
    private readonly List<string[]> _rows = [heads];

    /// <summary>Adds a row.</summary>
    public void Add(params string[] cells) => _rows.Add(cells);

    /// <summary>All of it, each row a line. The last column is not filled up.</summary>
    public override string ToString()
    {
        var widths = heads.Select((_, column) => _rows.Max(row => row[column].Length)).ToArray();
        return string.Concat(_rows.Select(row =>
            string.Join(Between, row.Select((cell, column) => column == row.Length - 1 ? cell : cell.PadRight(widths[column]))).TrimEnd() + "\n"));
    }
}

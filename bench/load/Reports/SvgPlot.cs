using System.Globalization;
using System.Text;

namespace Signaling.Load.Reports;

/// <summary>A plot of lines as SVG, with axes.</summary>
/// <param name="title">What it shows.</param>
/// <param name="unit">What its height is in.</param>
internal sealed class SvgPlot(string title, string unit)
{
    private const int Width = 760;
    private const int Height = 260;
    private const int Left = 64;
    private const int Right = 16;
    private const int Top = 32;
    private const int Bottom = 36;
    private const int Steps = 4;

    private readonly List<(string Name, string Colour, IReadOnlyList<(double X, double Y)> Points)> _lines = [];
    private readonly List<(double X, string Text)> _marks = [];

    /// <summary>Adds a line.</summary>
    public SvgPlot Line(string name, string colour, IEnumerable<(double X, double Y)> points)
    {
        _lines.Add((name, colour, [.. points]));
        return this;
    }

    /// <summary>Adds a mark under the plot.</summary>
    public SvgPlot Mark(double x, string text)
    {
        _marks.Add((x, text));
        return this;
    }

    public override string ToString()
    {
        var points = _lines.SelectMany(line => line.Points).ToArray();
        if (points.Length == 0)
            return "";

        var (from, to, top) = (points.Min(point => point.X), points.Max(point => point.X), Math.Max(points.Max(point => point.Y), double.Epsilon));
        double X(double x) => Left + ((x - from) / Math.Max(to - from, double.Epsilon) * (Width - Left - Right));
        double Y(double y) => Height - Bottom - (y / top * (Height - Top - Bottom));

        var svg = new StringBuilder();
        void Add(FormattableString text) => svg.AppendLine(text.ToString(CultureInfo.InvariantCulture));
        Add($"<svg viewBox=\"0 0 {Width} {Height}\" role=\"img\" aria-label=\"{title}\"><text class=\"title\" x=\"{Left}\" y=\"18\">{title}</text>");
        for (var step = 0; step <= Steps; step++)
        {
            var y = top * step / Steps;
            Add($"<line class=\"grid\" x1=\"{Left}\" x2=\"{Width - Right}\" y1=\"{Y(y):0.0}\" y2=\"{Y(y):0.0}\"/><text class=\"scale\" x=\"{Left - 6}\" y=\"{Y(y) + 4:0.0}\">{y:0.##}{(step == Steps ? $" {unit}" : "")}</text>");
        }

        foreach (var (x, text) in _marks)
            Add($"<text class=\"mark\" x=\"{X(x):0.0}\" y=\"{Height - Bottom + 18}\">{text}</text>");
        for (var i = 0; i < _lines.Count; i++)
        {
            var (name, colour, line) = _lines[i];
            Add($"<text class=\"key\" style=\"fill:{colour}\" x=\"{Width - Right - ((_lines.Count - i - 1) * 90)}\" y=\"18\">{name}</text>");
            Add($"<polyline stroke=\"{colour}\" points=\"{string.Join(' ', line.Select(point => string.Create(CultureInfo.InvariantCulture, $"{X(point.X):0.0},{Y(point.Y):0.0}")))}\"/>");
        }

        return svg.Append("</svg>").ToString();
    }
}

using MathNet.Numerics.Distributions;
using ServerlessFashion.Data;

namespace ServerlessFashion.Search;

/// <summary>A density on the unit interval, estimated from points in it.</summary>
internal abstract class ParzenDensity
{
    public static ParzenDensity Of(SearchParameter parameter, IReadOnlyList<double> points) => parameter is ChoiceParameter choice
        ? new OfChoices(choice, points)
        : new OfNumbers(points);

    /// <summary>The density at a point.</summary>
    public abstract double At(double point);

    public abstract double Draw(SplitMix64 random);

    /// <summary>
    /// Equal parts of the uniform density and of a normal density at each point, cut off outside the interval. Their width is Scott's
    /// rule for points spread over the interval (n^(-1/5) times .29, the standard deviation of the uniform density).
    /// </summary>
    private sealed class OfNumbers(IReadOnlyList<double> points) : ParzenDensity
    {
        private static readonly double UniformDeviation = Math.Sqrt(1d / 12);

        private readonly double _width = UniformDeviation * Math.Pow(Math.Max(1, points.Count), -.2);

        public override double At(double point) => (1 + points.Sum(centre => Kernel(centre, point))) / (points.Count + 1);

        public override double Draw(SplitMix64 random)
        {
            var part = random.Next(points.Count + 1);
            var share = random.NextUnit();
            if (part == points.Count)
            {
                return share;
            }

            var (below, inside) = Mass(points[part]);
            return Math.Clamp(Normal.InvCDF(points[part], _width, below + (share * inside)), 0, 1);
        }

        private double Kernel(double centre, double point) => Normal.PDF(centre, _width, point) / Mass(centre).Inside;

        /// <summary>The probability below the interval and inside it.</summary>
        private (double Below, double Inside) Mass(double centre)
        {
            var below = Normal.CDF(centre, _width, 0);
            return (below, Normal.CDF(centre, _width, 1) - below);
        }
    }

    /// <summary>The share of each value, with one more observation of each (Laplace's rule of succession).</summary>
    private sealed class OfChoices : ParzenDensity
    {
        private readonly ChoiceParameter _choice;
        private readonly int[] _counts;

        public OfChoices(ChoiceParameter choice, IReadOnlyList<double> points)
        {
            _choice = choice;
            _counts = [.. Enumerable.Repeat(1, choice.Values.Count)];
            foreach (var point in points)
            {
                _counts[choice.IndexAt(point)]++;
            }
        }

        public override double At(double point) => (double)_counts[_choice.IndexAt(point)] / _counts.Sum() * _counts.Length;

        public override double Draw(SplitMix64 random)
        {
            var left = random.Next(_counts.Sum());
            var index = 0;
            while (left >= _counts[index])
            {
                left -= _counts[index++];
            }

            return (index + .5) / _counts.Length;
        }
    }
}

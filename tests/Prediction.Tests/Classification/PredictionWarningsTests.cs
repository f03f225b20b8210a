using System.Globalization;
using ServerlessFashion.Prediction.Classification;

namespace ServerlessFashion.Prediction.Tests.Classification;

public class PredictionWarningsTests
{
    /// <summary>The longest ids that a CSV file may have are 1,024 bytes: kept as text, these would take 400 MB.</summary>
    [Fact]
    public void AddIds_ManyLongOnes_TakeLittleMemory()
    {
        const int Count = 200_000;
        var warnings = new PredictionWarnings(dataset: null);
        var before = GC.GetTotalMemory(forceFullCollection: true);

        for (var id = 0; id < Count; id++)
        {
            warnings.AddIds([Long(id)]);
        }

        Assert.InRange(GC.GetTotalMemory(forceFullCollection: true) - before, long.MinValue, 100 << 20);
        warnings.AddIds([Long(7)]);
        Assert.Equal([$"1 row repeats an id that came before; the first is '{Long(7)[..40]}...' in row 200001. Each row has its own "
            + "prediction."], warnings.ToList());
    }

    private static string Long(int id) => id.ToString(CultureInfo.InvariantCulture) + new string('x', 1000);
}

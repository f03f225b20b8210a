namespace ServerlessFashion.Datasets;

/// <summary>ImageNet weights cannot be had on this machine.</summary>
/// <param name="reason">Without a full stop.</param>
/// <param name="remedy">What to do about it, without a full stop.</param>
internal sealed class WeightsUnavailableException(string reason, string remedy, Exception? cause = null) : Exception(reason, cause)
{
    public string Remedy => remedy;
}

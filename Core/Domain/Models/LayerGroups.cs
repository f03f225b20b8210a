namespace ServerlessFashion.Models;

/// <summary>
/// The layer groups of a network on the ResNet50 base, counted downwards from the output: 0 is the head, 1 to 4 are the base's stages
/// <c>layer4</c> to <c>layer1</c>, and 5 is its entry. A network without that base is one group, the head.
/// </summary>
public static class LayerGroups
{
    public const int Head = 0;

    private const string BasePrefix = "resnet50.";
    private const string StagePrefix = BasePrefix + "layer";
    private const int Stages = 4;

    /// <summary>The group of the weight or layer with this name.</summary>
    public static int Of(string name)
    {
        if (!name.StartsWith(BasePrefix, StringComparison.Ordinal))
        {
            return Head;
        }

        return name.StartsWith(StagePrefix, StringComparison.Ordinal) ? Stages + 1 - (name[StagePrefix.Length] - '0') : Stages + 1;
    }
}

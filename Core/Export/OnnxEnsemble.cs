using Google.Protobuf;
using Onnx;

namespace ServerlessFashion.Export;

/// <summary>
/// Merges exported models into one ONNX file. The file has the same input; its outputs are the mean of the members' probabilities,
/// and its logarithm as logits.
/// </summary>
public static class OnnxEnsemble
{
    /// <summary>Writes the ensemble and leaves <paramref name="destination"/> open.</summary>
    /// <param name="name">Name of the graph.</param>
    /// <param name="members">Files written by <see cref="OnnxModel.Write"/>, all with the same labels.</param>
    /// <param name="metadata">The entries of the file's metadata.</param>
    /// <exception cref="InvalidInputException">
    /// There is no member, a member is not such a file, or the members have different numbers of labels.
    /// </exception>
    public static void Write(string name, IReadOnlyList<byte[]> members, IReadOnlyDictionary<string, string> metadata, Stream destination)
    {
        if (members.Count == 0)
        {
            throw new InvalidInputException($"{name}: an ensemble should have at least one member.");
        }

        var graph = new OnnxGraph(name);
        GraphProto[] graphs = [.. members.Select(member => Parse(name, member).Graph)];
        graph.AddInput(OnnxModel.Input, ImagesOf(graphs[0]));
        if (Array.Find(graphs, member => !ImagesOf(member).SequenceEqual(ImagesOf(graphs[0]))) is { } odd)
        {
            throw new InvalidInputException(
                $"{name}: the members should take the same images, found [{string.Join(", ", ImagesOf(graphs[0]))}] and "
                + $"[{string.Join(", ", ImagesOf(odd))}].");
        }

        var answers = graphs.Select((member, index) => graph.Include(member, $"member{index}.")).ToArray();
        if (answers.FirstOrDefault(answer => answer.Channels != answers[0].Channels) is { } other)
        {
            throw new InvalidInputException(
                $"{name}: the members should have the same labels, found {answers[0].Channels} and {other.Channels}.");
        }

        var mean = graph.Multiply(graph.Sum(answers, "vote.sum"), 1f / answers.Length, "vote.mean");
        var logits = OnnxVote.ToLogits(graph, mean, "vote.floor", OnnxModel.Logits);
        graph.AddOutput(logits);
        graph.AddOutput(graph.Softmax(logits, OnnxModel.Probabilities));
        OnnxModel.Wrap(graph.Build(), $"{name}: soft vote of {members.Count} models.", metadata).WriteTo(destination);
    }

    /// <summary>Channels, height and width of the images that a member takes.</summary>
    private static int[] ImagesOf(GraphProto member) => [
        .. member.Input.Single(input => input.Name == OnnxModel.Input).Type.TensorType.Shape.Dim.Skip(1)
            .Select(dimension => (int)dimension.DimValue),
    ];

    private static ModelProto Parse(string name, byte[] member)
    {
        try
        {
            var model = ModelProto.Parser.ParseFrom(member);
            return model.Graph is { } graph && graph.Output.Any(output => output.Name == OnnxModel.Probabilities)
                ? model
                : throw new InvalidInputException(
                    $"{name}: a member has no output '{OnnxModel.Probabilities}'; it was not exported by this program.");
        }
        catch (InvalidProtocolBufferException error)
        {
            throw new InvalidInputException($"{name}: a member is not an ONNX file.", error);
        }
    }
}

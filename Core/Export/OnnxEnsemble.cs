using Google.Protobuf;
using Onnx;

namespace ServerlessFashion.Export;

/// <summary>
/// Merges exported models into one ONNX file. The file has the same input; its outputs are the mean of the members' probabilities,
/// and its logarithm as logits. Where every member names garments, the file has the mean of their probabilities too.
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

        var outputs = graphs.Select((member, index) => graph.Include(member, $"member{index}.")).ToArray();
        var answers = Array.ConvertAll(outputs, output => output[OnnxModel.Probabilities]);
        if (answers.FirstOrDefault(answer => answer.Channels != answers[0].Channels) is { } other)
        {
            throw new InvalidInputException(
                $"{name}: the members should have the same labels, found {answers[0].Channels} and {other.Channels}.");
        }

        var mean = Mean(graph, answers, "vote.sum", "vote.mean");
        var logits = OnnxVote.ToLogits(graph, mean, "vote.floor", OnnxModel.Logits);
        graph.AddOutput(logits);
        graph.AddOutput(graph.Softmax(logits, OnnxModel.Probabilities));
        if (Array.TrueForAll(outputs, output => output.ContainsKey(OnnxModel.Garments)))
        {
            graph.AddOutput(
                Mean(graph, Array.ConvertAll(outputs, output => output[OnnxModel.Garments]), "garments.sum", OnnxModel.Garments));
        }

        OnnxModel.Wrap(graph.Build(), $"{name}: soft vote of {members.Count} models.", metadata).WriteTo(destination);
    }

    private static OnnxValue Mean(OnnxGraph graph, OnnxValue[] values, string sum, string mean) =>
        graph.Multiply(graph.Sum(values, sum), 1f / values.Length, mean);

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

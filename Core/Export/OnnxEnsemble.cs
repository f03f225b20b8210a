using Google.Protobuf;
using Onnx;
using ServerlessFashion.Data;

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
        graph.AddInput(OnnxModel.Input, 1, FashionMnist.Side, FashionMnist.Side);
        var answers = members.Select((member, index) => graph.Include(Parse(name, member).Graph, $"member{index}.")).ToArray();
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

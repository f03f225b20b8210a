using ServerlessFashion.Application;

namespace ServerlessFashion.Api.Documents;

/// <summary>Some images of a data set.</summary>
internal sealed record DatasetImageList(IReadOnlyList<DatasetImage> Items);

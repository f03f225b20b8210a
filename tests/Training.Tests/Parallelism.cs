using Xunit.Sdk;
using Xunit.v3;

// libtorch's thread count belongs to the process.
[assembly: Parallelization(Mode = ParallelMode.None)]

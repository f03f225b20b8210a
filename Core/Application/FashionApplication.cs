namespace ServerlessFashion.Application;

/// <summary>All user actions on comparisons and the champion, shared by the command line, HTTP and Functions.</summary>
public sealed class FashionApplication(
    TrainingMachine machine, ConfigureComparison configure, StartComparison start, ResumeComparison resume, CancelComparison cancel,
    DeleteComparison delete, EditComparison edit, ComparisonQueries comparisons, PromoteModel promote, RollBackChampion rollBack,
    ModelQueries models, SpecService specs, ExportModel export, ReportQueries reports, ReportArchives archives, PredictImages predict,
    UploadService uploads, DatasetService datasets, DatasetImages datasetImages, ServiceHealth health)
{
    public TrainingMachine Machine { get; } = machine;

    public ConfigureComparison Configure { get; } = configure;

    public StartComparison Start { get; } = start;

    public ResumeComparison Resume { get; } = resume;

    public CancelComparison Cancel { get; } = cancel;

    public DeleteComparison Delete { get; } = delete;

    public EditComparison Edit { get; } = edit;

    public ComparisonQueries Comparisons { get; } = comparisons;

    public PromoteModel Promote { get; } = promote;

    public RollBackChampion RollBack { get; } = rollBack;

    public ModelQueries Models { get; } = models;

    public SpecService Specs { get; } = specs;

    public ExportModel Export { get; } = export;

    public ReportQueries Reports { get; } = reports;

    public ReportArchives Archives { get; } = archives;

    public PredictImages Predict { get; } = predict;

    public UploadService Uploads { get; } = uploads;

    public DatasetService Datasets { get; } = datasets;

    public DatasetImages DatasetImages { get; } = datasetImages;

    public ServiceHealth Health { get; } = health;
}

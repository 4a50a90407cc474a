using AgentLift.Runtime;

namespace Fleet
{
	/// <summary>Tabs, carriage returns, a mark at the beginning.</summary>
	[LiftedAgent(MigrationStage.CoreLogic, ToolVersion = "0.1.0")]
	public partial class SpeechAgent : BaseAgent
	{
#region models
		// the acoustic one
		[LazyDependency(nameof(LoadAcoustic), Warmup = LazyWarmup.AfterReady)]
		private partial byte[] Acoustic { get; } // 90 MB

		private static byte[] LoadAcoustic() => File.ReadAllBytes("data/acoustic.bin");
#if !NO_LANGUAGE
		[LazyDependency(nameof(LoadLanguage), Warmup = LazyWarmup.AfterReady)]
		private partial byte[] Language { get; } /* 400 MB */

		private static byte[] LoadLanguage()
		{
			// reads the language
			return File.ReadAllBytes(
				"data/language.bin");
		}
#endif
#endregion

		public SpeechAgent(AgentContext context)
			: base(context)
		{
		}

		/// <summary>How long <see cref="Acoustic"/> is.</summary>
		public int Length { get { return Acoustic.Length + this.Language.Length; } }
	}
}

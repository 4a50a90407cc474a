using AgentLift.Runtime;

namespace Fleet
{
	/// <summary>Tabs, carriage returns, a mark at the beginning.</summary>
	public partial class SpeechAgent : BaseAgent
	{
#region models
		// the acoustic one
		private readonly byte[] _acoustic = File.ReadAllBytes("data/acoustic.bin"); // 90 MB
#if !NO_LANGUAGE
		private byte[] _language; /* 400 MB */
#endif
#endregion

		public SpeechAgent(AgentContext context)
			: base(context)
		{
			// reads the language
			_language = File.ReadAllBytes(
				"data/language.bin");
		}

		/// <summary>How long <see cref="_acoustic"/> is.</summary>
		public int Length { get { return _acoustic.Length + this._language.Length; } }
	}
}

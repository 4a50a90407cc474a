// The runtime has a class of this name too; here it is always the stand-in's.
global using DeviceMemory = TorchSharp.StandIn.DeviceMemory;

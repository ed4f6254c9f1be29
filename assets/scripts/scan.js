// Reads a poster's QR code with the phone's camera, where the browser can. The picture stays on the phone: only the
// text of the code is sent, by the form that is there without a script too.
(() => {
  const box = document.getElementById("camera"), form = document.getElementById("read");
  if (!("BarcodeDetector" in window) || !navigator.mediaDevices) return;
  const button = box.querySelector("button"), video = box.querySelector("video"), said = box.querySelector("p");
  box.hidden = false;

  button.addEventListener("click", async () => {
    button.disabled = true;
    try {
      const reader = new BarcodeDetector({ formats: ["qr_code"] });
      const stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment" } });
      video.srcObject = stream;
      video.hidden = false;
      await video.play();
      said.textContent = "Point the camera at the QR code.";
      look(reader, stream);
    } catch {
      said.textContent = "The camera cannot be used. Type the code instead.";
      button.disabled = false;
    }
  });

  async function look(reader, stream) {
    const found = await reader.detect(video).catch(() => []);
    if (found.length === 0) return setTimeout(look, 250, reader, stream);
    stream.getTracks().forEach((track) => track.stop());
    said.textContent = "Read. Opening the poster.";
    form.elements.code.value = found[0].rawValue;
    form.requestSubmit();
  }
})();

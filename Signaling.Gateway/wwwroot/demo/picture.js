// A picture for those without a camera: moving colours, so that the other end sees it live, and a clock, so that
// both see how late it is.

const WIDTH = 640;
const HEIGHT = 480;
const FRAMES_PER_SECOND = 15;

/**
 * Starts to paint.
 * @returns {MediaStream} one video track; painting ends when it is stopped
 */
export function generatedPicture() {
  const canvas = document.createElement('canvas');
  canvas.width = WIDTH;
  canvas.height = HEIGHT;
  const context = canvas.getContext('2d');
  const hue = Math.random() * 360;
  paint(context, hue);

  const stream = canvas.captureStream(FRAMES_PER_SECOND);
  const [track] = stream.getVideoTracks();
  // A timer, for animation frames stop where the page is in the background, and the other end would see a still.
  const timer = setInterval(() => {
    if (track.readyState === 'ended') {
      clearInterval(timer);
    } else {
      paint(context, hue);
    }
  }, 1000 / FRAMES_PER_SECOND);
  return stream;
}

function paint(context, hue) {
  const seconds = performance.now() / 1000;
  context.fillStyle = `hsl(${hue} 45% 22%)`;
  context.fillRect(0, 0, WIDTH, HEIGHT);

  for (let i = 0; i < 5; i++) {
    const angle = seconds * (0.3 + i * 0.11) + i * 1.3;
    context.fillStyle = `hsl(${hue + i * 24} 65% ${40 + i * 6}% / 70%)`;
    context.beginPath();
    context.arc(WIDTH * (0.5 + 0.34 * Math.cos(angle)), HEIGHT * (0.5 + 0.3 * Math.sin(angle * 1.4)),
      36 + i * 14, 0, 2 * Math.PI);
    context.fill();
  }

  context.fillStyle = 'white';
  context.font = '600 84px system-ui, sans-serif';
  context.textAlign = 'center';
  context.textBaseline = 'middle';
  context.shadowColor = 'rgb(0 0 0 / 60%)';
  context.shadowBlur = 12;
  context.fillText(new Date().toTimeString().slice(0, 8), WIDTH / 2, HEIGHT / 2);
  context.shadowBlur = 0;
}

// Keys for screening one record after another. Everything they do is a button or a link on the page already.
// They can be turned off (WCAG 2.1.4), and that is remembered on this machine.

const REMEMBERED = 'wherewithal-screening-keys'
const place = document.querySelector('[data-screening]')
const decide = document.getElementById('decide')

function remembered () {
  try { return window.localStorage.getItem(REMEMBERED) } catch { return null }
}

function remember (value) {
  try { window.localStorage.setItem(REMEMBERED, value) } catch { /* private windows may refuse: it holds for this page */ }
}

if (place && decide) {
  let on = remembered() !== 'off'
  let choosing = false

  const bar = document.createElement('div')
  bar.className = 'rev-keys'
  const words = document.createElement('p')
  words.className = 'rev-keys__words'
  const toggle = document.createElement('button')
  toggle.type = 'button'
  toggle.className = 'ww-link-button'
  const said = document.createElement('p')
  said.className = 'rev-keys__said'
  said.setAttribute('role', 'status')
  bar.append(words, toggle, said)
  // A record that was decided about has its form folded away: the line about keys stands before it.
  const folded = decide.closest('details')
  if (folded) folded.before(bar)
  else decide.prepend(bar)

  // A page with other buttons names its keys: "s=the same work;d=two different works".
  const named = (place.dataset.keys || 'i=keep;u=unsure;e=then a number to leave out;b=back;n=next')
    .split(';').map((each) => each.split('=')).concat([['?', 'this help']])

  const show = () => {
    place.classList.toggle('rev-with-keys', on)
    words.replaceChildren(on ? 'Keys: ' : 'Keys are turned off. ')
    for (const [key, meaning] of on ? named : []) {
      const pressed = document.createElement('kbd')
      pressed.textContent = key
      words.append(pressed, ` ${meaning}${key === '?' ? '. ' : ', '}`)
    }
    toggle.textContent = on ? 'Turn keys off' : 'Turn keys on'
  }

  const choose = (now) => {
    choosing = now
    place.classList.toggle('rev-choosing', now)
    said.textContent = now ? 'Leave it out: press the number of the reason, or Escape.' : ''
    if (now) decide.querySelector('[data-number]').focus()
  }

  toggle.addEventListener('click', () => {
    on = !on
    remember(on ? 'on' : 'off')
    choose(false)
    show()
  })

  const writing = (target) => target.closest('input, textarea, select, [contenteditable]') !== null

  document.addEventListener('keydown', (event) => {
    if (!on || event.ctrlKey || event.metaKey || event.altKey || event.isComposing || event.repeat) return
    if (writing(event.target)) return
    const key = event.key.length === 1 ? event.key.toLowerCase() : event.key
    if (choosing && /^[1-9]$/.test(key)) {
      const reason = decide.querySelector(`[data-number="${key}"]`)
      if (!reason) return
      event.preventDefault()
      choose(false)
      if (reason.matches('input')) reason.focus()
      else reason.click()
    } else if (choosing && key === 'Escape') {
      event.preventDefault()
      choose(false)
    } else if (key === 'e' && decide.querySelector('[data-number]') && decide.checkVisibility()) {
      event.preventDefault()
      choose(true)
    } else if (key === '?') {
      event.preventDefault()
      bar.scrollIntoView({ block: 'center' })
      toggle.focus()
    } else {
      const target = document.querySelector(`[data-key="${key}"]`)
      if (!target || !target.checkVisibility()) return
      event.preventDefault()
      target.click()
    }
  })

  show()
}

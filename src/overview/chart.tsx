import { CartesianGrid, Line, LineChart, ReferenceLine, ResponsiveContainer, XAxis, YAxis } from 'recharts'
import { useShell, useWords } from '../web/surroundings.tsx'
import { sayCount } from '../web/when.ts'
import type { OverviewReply } from './api.ts'
import { lines } from './lines.ts'
import { words } from './words.ts'

const middayOf = (on: string): number => Date.parse(`${on}T12:00:00Z`)

/** "18 Oct", "10/18": short enough for an axis. */
function sayTick(at: number, language: string): string {
  const options = { timeZone: 'UTC', day: 'numeric', month: language === 'en' ? 'short' : 'numeric' } as const
  return new Intl.DateTimeFormat(language === 'en' ? 'en-GB' : language, options).format(at)
}

/** What happened day by day, up to the deadline; the table beside it says the same. Stands still for everybody. */
export function Chart({ overview }: { overview: OverviewReply }) {
  const { language } = useShell()
  const w = useWords(words)
  const { days, counts, startsOn, deadlineOn, asOf } = overview
  const data = days.map(day => ({ ...day, at: middayOf(day.on) }))
  const last = data.at(-1)
  const now = Date.parse(asOf)
  const shown = last && last.at < now ? [...data, { ...last, at: now }] : data
  const ends = Math.max(middayOf(deadlineOn), now)
  return (
    <div className="chart" role="img" aria-label={w.chartAbout}>
      <ResponsiveContainer width="100%" height="100%">
        <LineChart
          data={shown}
          margin={{ top: 24, right: 24, bottom: 4, left: 4 }}
          accessibilityLayer={false}
        >
          <CartesianGrid stroke="var(--line)" vertical={false} />
          <XAxis
            dataKey="at"
            type="number"
            scale="time"
            domain={[Math.min(middayOf(startsOn), data[0]?.at ?? now), ends]}
            tickFormatter={(at: number) => sayTick(at, language)}
            stroke="var(--edge)"
            minTickGap={28}
          />
          <YAxis
            width={64}
            domain={[0, Math.max(1, counts.eligible)]}
            tickFormatter={(many: number) => sayCount(many, language)}
            stroke="var(--edge)"
            allowDecimals={false}
          />
          <ReferenceLine
            y={counts.eligible}
            stroke="var(--edge)"
            strokeDasharray="1 5"
            label={{ value: w.target(counts.eligible), position: 'insideBottomLeft' }}
          />
          <ReferenceLine
            x={middayOf(deadlineOn)}
            stroke="var(--no)"
            strokeWidth={2}
            label={{ value: w.deadline, position: 'insideTopRight' }}
          />
          {lines.map(({ step, stroke, dash }) => (
            <Line
              key={step}
              dataKey={step}
              type="stepAfter"
              stroke={stroke}
              strokeWidth={2.5}
              strokeDasharray={dash}
              dot={false}
              activeDot={false}
              isAnimationActive={false}
            />
          ))}
        </LineChart>
      </ResponsiveContainer>
    </div>
  )
}
